"""What AWS enforces and the embedded AWS leaves out, put in front of it: runs in its process and environment."""
