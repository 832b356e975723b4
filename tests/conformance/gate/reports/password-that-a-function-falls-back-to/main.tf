variable "p" {
  type      = string
  sensitive = true
  default   = null
}
resource "aws_db_instance" "d" {
  identifier = "d"
  password   = coalesce(var.p, "Tr4de-W1nd-t6BRmE")
}
