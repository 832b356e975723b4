variable "replica_regions" {
  type    = any
  default = [{ region_name = "us-east-1", point_in_time_recovery = true }, { region_name = "us-east-1" }]
}
resource "aws_dynamodb_table" "t" {
  name = "t"
  point_in_time_recovery {
    enabled = "true"
  }
  dynamic "replica" {
    for_each = var.replica_regions
    content {
      region_name            = replica.value.region_name
      point_in_time_recovery = lookup(replica.value, "point_in_time_recovery", true)
    }
  }
}
