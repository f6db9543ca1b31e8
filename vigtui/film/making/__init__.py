"""Making film: encoding pictures, cutting a moment out, and a lighter copy to be seen instead."""
