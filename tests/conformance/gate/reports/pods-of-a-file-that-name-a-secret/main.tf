resource "kubectl_manifest" "m" {
  yaml_body = file("${path.module}/d.yaml")
}
