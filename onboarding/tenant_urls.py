"""Routes on a town's host for its first administrator; ``config.urls_tenant`` includes them."""

from onboarding.views import arrival
from tenants.access import EVERYONE, STAFF, door

urlpatterns = [
    door("ankommen/<str:token>/", arrival.arrive, name="arrive", schema="tenant", roles=EVERYONE),
    door("willkommen/", arrival.welcome, name="welcome", schema="tenant", roles=STAFF),
]
