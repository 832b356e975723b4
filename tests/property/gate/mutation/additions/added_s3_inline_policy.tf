# added s3:* | inline_policy | TP_IAM_1 | +6
resource "aws_iam_role" "mutated" {
  name               = "role-mutated-${var.environment_suffix}"
  assume_role_policy = jsonencode({ Statement = [] })
  inline_policy {
    name   = "x"
    policy = jsonencode({"Statement" = [{"Effect" = "Allow", "Action" = "s3:*", "Resource" = "*"}]})
  }
}
