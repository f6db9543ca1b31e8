"""One caseload on several machines: a folder that others keep in step, in which each writes a file of its
own."""
