variable "database" {
  type = object({
    deletion_protection = optional(bool, true)
    skip_final_snapshot = optional(bool, true)
  })
  default = {}
}

resource "aws_db_instance" "main" {
  identifier               = "main"
  instance_class           = "db.t4g.micro"
  deletion_protection      = var.database.deletion_protection
  skip_final_snapshot      = var.database.skip_final_snapshot
  delete_automated_backups = true
}
