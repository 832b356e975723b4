resource "kubernetes_config_map" "db" {
  metadata {
    name = "db"
  }
  data = {
    password = "Gr33n-Apple-77"
  }
}
