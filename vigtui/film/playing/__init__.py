"""Playing a film: libmpv, its pictures, steps and seeks, and what plays next."""
