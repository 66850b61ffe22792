"""An invoice (``content``), and the same as EN 16931 XML (``xml``), GiroCode (``girocode``) and PDF (``pdf``)."""
