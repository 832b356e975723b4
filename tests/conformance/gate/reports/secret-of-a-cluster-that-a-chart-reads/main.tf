resource "helm_release" "db" {
  name  = "db"
  chart = "postgresql"
  set {
    name  = "auth.existingSecret"
    value = "db-credentials"
  }
  set {
    name  = "ingress.tlsSecret"
    value = "feeds-tls"
  }
  set {
    name  = "image.pullSecret"
    value = "registry"
  }
}
