resource "kubernetes_deployment" "feed" {
  metadata {
    name = "feed"
  }
  spec {
    template {
      spec {
        container {
          name  = "feed"
          image = "feed:1"
          env {
            name = "DB_PASSWORD"
            value_from {
              secret_key_ref {
                name = "db"
                key  = "password"
              }
            }
          }
          env {
            name  = "LOG_LEVEL"
            value = "debug"
          }
        }
      }
    }
  }
}
