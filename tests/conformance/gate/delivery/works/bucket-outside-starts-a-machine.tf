# Objects of a bucket of another stack start a machine, by the default bus.
# Source: terraform-aws-modules/terraform-aws-eventbridge, issue 55.

data "aws_s3_bucket" "inbound" {
  bucket = "inbound"
}

resource "aws_s3_bucket_notification" "inbound" {
  bucket      = data.aws_s3_bucket.inbound.id
  eventbridge = true
}

resource "aws_sfn_state_machine" "flow" {
  name       = "flow"
  role_arn   = aws_iam_role.flow.arn
  definition = jsonencode({ StartAt = "End", States = { End = { Type = "Succeed" } } })
}

resource "aws_iam_role" "flow" {
  name               = "flow"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role" "start" {
  name               = "start"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "states:StartExecution", Resource = aws_sfn_state_machine.flow.arn },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "created" {
  name = "created"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [data.aws_s3_bucket.inbound.id] } }
  })
}

resource "aws_cloudwatch_event_target" "flow" {
  rule     = aws_cloudwatch_event_rule.created.name
  arn      = aws_sfn_state_machine.flow.arn
  role_arn = aws_iam_role.start.arn
}
