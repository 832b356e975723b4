resource "aws_launch_template" "worker" {
  name      = "worker"
  user_data = "IyEvYmluL2Jhc2gKZXhwb3J0IEFXU19BQ0NFU1NfS0VZX0lEPUFLSUFRWUxQTU41SEFCQ0RFRkdICg=="
}
