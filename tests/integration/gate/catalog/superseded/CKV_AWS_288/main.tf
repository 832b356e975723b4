resource "aws_iam_policy" "s3_getobject" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "ssm_getparameter" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ssm_getparameters" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssm:GetParametersByPath", "ssm:GetParameters"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "secretsmanager_getsecretvalue" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "s3_getobject_too" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["S3:getobject"], Resource = "*" }] })
}
resource "aws_iam_policy" "xray_puttracesegments" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "xray:PutTraceSegments"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "ssm_getparameters_too" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ssm:GetParameters"], Resource = "*" }] })
}
