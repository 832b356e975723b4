variable "env" {
  type    = string
  default = "prod"
  validation {
    condition     = contains(["dev", "prod"], var.env)
    error_message = "dev or prod"
  }
}
resource "aws_s3_bucket" "b" {
  bucket        = "b-${var.env}"
  force_destroy = var.env == "prod" ? false : true
}
