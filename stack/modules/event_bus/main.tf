module "patterns" {
  source = "./patterns"

  routes = var.routes
}

locals {
  # The bus names its queue and the queue's policy the bus, so the ARNs are made from the names.
  bus_arn = "arn:${var.account.partition}:events:${var.account.region}:${var.account.id}:event-bus/bus-market-data-${var.environment_suffix}"
  dlq_arn = "arn:${var.account.partition}:sqs:${var.account.region}:${var.account.id}:queue-bus-dlq-${var.environment_suffix}"
}

resource "aws_cloudwatch_event_bus" "this" {
  name               = "bus-market-data-${var.environment_suffix}"
  description        = "Market data events of every exchange."
  kms_key_identifier = var.encrypt_with_data_key ? var.data_key_arn : null

  dead_letter_config {
    arn = aws_sqs_queue.dlq.arn
  }
}

# Keeps every event that reached the bus, also those that no function could take, so that they can be replayed.
resource "aws_cloudwatch_event_archive" "this" {
  name             = "archive-market-data-${var.environment_suffix}"
  description      = "Every event of the market data bus, for replay."
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive_retention_days
}

# Events that the bus could not encrypt or decrypt with the data key.
resource "aws_sqs_queue" "dlq" {
  name                      = "queue-bus-dlq-${var.environment_suffix}"
  kms_master_key_id         = var.data_key_arn
  message_retention_seconds = var.dlq_retention_seconds

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowBus"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = local.dlq_arn
        Condition = {
          ArnEquals    = { "aws:SourceArn" = local.bus_arn }
          StringEquals = { "aws:SourceAccount" = var.account.id }
        }
      },
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = local.dlq_arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
