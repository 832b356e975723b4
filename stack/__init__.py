"""What exists on AWS, and the means to run it on one machine."""
