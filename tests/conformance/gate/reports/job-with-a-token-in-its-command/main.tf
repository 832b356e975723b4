resource "aws_batch_job_definition" "load" {
  name = "load"
  type = "container"
  container_properties = <<-EOT
    {"image": "load:1", "command": ["load", "--token", "Gr33nApple77"], "vcpus": 1}
  EOT
}
