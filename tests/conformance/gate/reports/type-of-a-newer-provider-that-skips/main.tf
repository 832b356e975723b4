resource "aws_odb_network" "n" {
  skip_destroy = true
}
