data "aws_ssoadmin_instances" "main" {}

resource "aws_ssoadmin_permission_set" "desk" {
  name         = "desk"
  instance_arn = tolist(data.aws_ssoadmin_instances.main.arns)[0]
}

resource "aws_ssoadmin_permission_set_inline_policy" "desk" {
  instance_arn       = aws_ssoadmin_permission_set.desk.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.desk.arn
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
