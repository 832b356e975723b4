data "aws_partition" "here" {}

data "aws_caller_identity" "here" {}

variable "wanted" {
  type    = set(string)
  default = ["AmazonS3FullAccess", "AmazonSQSFullAccess"]
}

variable "unset" {
  type = string
}

# terraform-aws-modules/terraform-aws-iam#226: the partition is a reference.
resource "aws_iam_group_policy_attachment" "by_partition" {
  group      = "desk"
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/AdministratorAccess" # expect: fail
}

resource "aws_iam_role_policy_attachment" "by_format" {
  role       = "feed"
  policy_arn = format("arn:%s:iam::aws:policy/%s", data.aws_partition.here.partition, "ReadOnlyAccess") # expect: fail
}

resource "aws_iam_policy_attachment" "by_join" {
  name       = "feed"
  roles      = ["feed"]
  policy_arn = join(":", ["arn", data.aws_partition.here.partition, "iam", "", "aws", "policy/PowerUserAccess"]) # expect: fail
}

# aws-samples/aws2tf#88: the ARNs are made in a list.
resource "aws_iam_role" "by_for" {
  name                = "feed"
  assume_role_policy  = "{}"
  managed_policy_arns = [for name in var.wanted : "arn:aws:iam::aws:policy/${name}"] # expect: fail
}

# hashicorp/terraform-provider-aws#40161: attachments that allow no others beside them.
resource "aws_iam_role_policy_attachments_exclusive" "all" {
  role_name   = "feed"
  policy_arns = ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"] # expect: fail
}

resource "aws_iam_group_policy_attachments_exclusive" "all" {
  group_name = "desk"
  policy_arns = [
    "arn:aws-us-gov:iam::aws:policy/AWSLambda_FullAccess", # expect: fail
  ]
}

# AWS IAM Identity Center User Guide, "Permission sets": those of AWS are managed, too.
resource "aws_ssoadmin_managed_policy_attachment" "wide" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  managed_policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" # expect: fail
}

# AWS Budgets User Guide, "Configuring budget actions".
resource "aws_budgets_budget_action" "on_overrun" {
  budget_name        = "feed"
  action_type        = "APPLY_IAM_POLICY"
  approval_model     = "AUTOMATIC"
  notification_type  = "ACTUAL"
  execution_role_arn = "arn:aws:iam::123456789012:role/budget"
  action_threshold {
    action_threshold_type  = "PERCENTAGE"
    action_threshold_value = 100
  }
  subscriber {
    address           = "desk@example.com"
    subscription_type = "EMAIL"
  }
  definition {
    iam_action_definition {
      policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll" # expect: fail
      roles      = ["feed"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "name_unknown" {
  role       = "feed"
  policy_arn = "arn:aws:iam::aws:policy/service-role/${var.unset}" # expect: fail
}
