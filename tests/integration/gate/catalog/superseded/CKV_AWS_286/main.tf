resource "aws_iam_policy" "iam_createaccesskey" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "ec2_runinstances" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "ec2:RunInstances"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "iam_createpolicyversion" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:CreatePolicyVersion"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "lambda_updatefunctioncode" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lambda:UpdateFunctionCode"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "cloudformation_createstack" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "cloudformation:CreateStack"], Resource = "*" }] })
}
resource "aws_iam_policy" "datapipeline_createpipeline" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "datapipeline:CreatePipeline"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "sts_assumerole" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy", "sts:AssumeRole"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "glue_createdevendpoint" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "glue:CreateDevEndpoint"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "glue_updatedevendpoint" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["glue:UpdateDevEndpoint"], Resource = "*" }] })
}
resource "aws_iam_role_policy" "lambda_createeventsourcemapping" {
  role   = "r"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"], Resource = "*" }] })
}
resource "aws_iam_policy" "iam_addusertogroup" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["IAM:addusertogroup"], Resource = "*" }] })
}
