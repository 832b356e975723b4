variable "groups" {
  type    = map(number)
  default = { api = 90, worker = 60 }
}
resource "aws_cloudformation_stack" "s" {
  for_each      = var.groups
  name          = "logs-${each.key}"
  template_body = templatefile("${path.module}/t.yaml", { name = each.key, days = each.value })
}
