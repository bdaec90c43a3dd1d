{% from "attendance/offline_scripts.html" import kept with context %}
self.VERSION = {{ version | tojson }};
self.SHELL = "/organize/offline";
self.KEPT = [{% for name in kept %}{{ static_url("js/" ~ name ~ ".js") | tojson }}, {% endfor %}{{ static_url("css/first.css") | tojson }}, {{ static_url("css/rest.css") | tojson }}, {{ static_url("img/icon.svg") | tojson }}];
importScripts({{ static_url("js/gate-worker.js") | tojson }});
