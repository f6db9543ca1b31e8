"""Reading what others made: bounded in time and memory before anything is read.

Every file that is not the person's own caseload is read through here: what it is, how much it claims and how
much comes out of it are looked at first. `OSError` says why a file cannot be read, `ValueError` what is wrong
in it; the message of either completes a sentence that names the file.
"""
