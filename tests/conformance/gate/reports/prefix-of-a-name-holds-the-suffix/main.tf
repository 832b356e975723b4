variable "environment_suffix" {
  default = "dev"
}


resource "aws_iam_role" "task" {
  name_prefix        = "task-${var.environment_suffix}-"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
