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
            name  = "DB_PASSWORD"
            value = "Gr33n-Apple-77"
          }
        }
      }
    }
  }
}
