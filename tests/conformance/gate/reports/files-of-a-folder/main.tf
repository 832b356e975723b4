resource "aws_cloudwatch_log_group" "g" {
  for_each          = fileset("${path.module}/groups", "**/*.json")
  name              = trimsuffix(basename(each.value), ".json")
  retention_in_days = jsondecode(file("${path.module}/groups/${each.value}")).days
}
