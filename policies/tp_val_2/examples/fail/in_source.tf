variable "db_password" { # expect: fail
  type = string
}

variable "feed_token" {
  type      = string
  sensitive = true
  default   = "correct horse battery staple" # expect: fail
}

resource "aws_db_instance" "prices" {
  instance_class = "db.t4g.micro"
  password       = "hunter2" # expect: fail
}

resource "aws_db_instance" "write_only" {
  password_wo         = "hunter2" # expect: fail
  password_wo_version = 2
}

ephemeral "vault_login" "feed" {
  password = "hunter2" # expect: fail
}

locals {
  # Amazon's own example of an access key.
  note = "use AKIAQ3EGVEKWZN7XMPLT for now" # expect: fail
}
