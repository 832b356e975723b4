resource "aws_iam_policy" "s3_listbucket" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:ListBucket"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "dynamodb_getitem" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = "*" }] })
}
resource "aws_iam_policy" "cloudwatch_describealarms" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudwatch:DescribeAlarms"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "kms_describekey" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:DescribeKey"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "s3_putobject" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:ListBucket", "s3:PutObject"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "ecs_listtasks" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecs:ListTasks"], Resource = "*" }] })
}
resource "aws_iam_user_policy" "glue_gettables" {
  user   = "u"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["glue:GetTables"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "athena_getqueryexecution" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["athena:GetQueryExecution"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "servicediscovery_discoverinstances" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["servicediscovery:DiscoverInstances"], Resource = "*" }] })
}
resource "aws_ssoadmin_permission_set_inline_policy" "ecr_describerepositories" {
  instance_arn       = "i"
  permission_set_arn = "p"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecr:DescribeRepositories"], Resource = "*" }] })
}
resource "aws_iam_policy" "cloudformation_describestacks" {
  name   = "p"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["cloudformation:DescribeStacks"], Resource = "*" }] })
}
resource "aws_iam_group_policy" "apigateway_get" {
  group  = "g"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["apigateway:GET"], Resource = "*" }] })
}
