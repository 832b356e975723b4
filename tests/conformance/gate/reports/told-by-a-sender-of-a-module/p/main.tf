variable "sender" {
  type    = string
  default = null
}
resource "aws_cognito_user_pool" "p" {
  name = "p"
  lambda_config {
    dynamic "custom_email_sender" {
      for_each = var.sender == null ? [] : [var.sender]
      content {
        lambda_arn     = custom_email_sender.value
        lambda_version = "V1_0"
      }
    }
  }
}
