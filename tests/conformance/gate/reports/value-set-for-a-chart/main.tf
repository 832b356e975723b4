resource "helm_release" "db" {
  name  = "db"
  chart = "postgresql"
  set {
    name  = "auth.postgresPassword"
    value = "Gr33n-Apple-77"
  }
}
