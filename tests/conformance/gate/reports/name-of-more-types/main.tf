variable "environment_suffix" {
  type    = string
  default = "dev"
}

resource "aws_glue_catalog_database" "d" {
  name = "prices"
}
