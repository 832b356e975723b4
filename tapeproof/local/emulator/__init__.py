"""What the embedded AWS leaves out and AWS enforces, put in front of it: runs inside its process, in its environment."""
