variable "off" { default = false }
variable "given" { type = bool }
locals { recovery = { market = false, audit = true } }
resource "aws_dynamodb_table" "none" {
  name = "a"
}
resource "aws_dynamodb_table" "empty" {
  name = "b"
  point_in_time_recovery {}
}
resource "aws_dynamodb_table" "text" {
  name = "c"
  point_in_time_recovery {
    enabled = "false"
  }
}
resource "aws_dynamodb_table" "by_default" {
  name = "d"
  point_in_time_recovery {
    enabled = var.off
  }
}
resource "aws_dynamodb_table" "given" {
  name = "e"
  point_in_time_recovery {
    enabled = var.given
  }
}
resource "aws_dynamodb_table" "dynamic" {
  name = "f"
  dynamic "point_in_time_recovery" {
    for_each = var.off ? [1] : []
    content {
      enabled = true
    }
  }
}
resource "aws_dynamodb_table" "each" {
  for_each = local.recovery
  name     = each.key
  point_in_time_recovery {
    enabled = each.value
  }
}
resource "aws_dynamodb_table" "restored" {
  name                   = "g"
  restore_source_name    = "a"
  restore_to_latest_time = true
}
resource "aws_dynamodb_table" "none_counted" {
  count = 2
  name  = "h${count.index}"
}
resource "aws_dynamodb_table" "null" {
  name = "i"
  point_in_time_recovery {
    enabled = null
  }
}
resource "aws_dynamodb_table" "tried" {
  name = "j"
  point_in_time_recovery {
    enabled = try(local.recovery["nobody"], false)
  }
}
