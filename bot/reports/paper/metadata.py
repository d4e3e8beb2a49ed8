"""What a document says of itself to an archive: XMP metadata, as ISO 19005-2 (PDF/A-2, conformance level U) asks."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

_XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about=""
        xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
        xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
        xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      <pdfaid:part>2</pdfaid:part>
      <pdfaid:conformance>U</pdfaid:conformance>
      <dc:format>application/pdf</dc:format>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
      <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
      <pdf:Producer>{producer}</pdf:Producer>
      <xmp:CreateDate>{at}</xmp:CreateDate>
      <xmp:ModifyDate>{at}</xmp:ModifyDate>
      <xmp:MetadataDate>{at}</xmp:MetadataDate>
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>"""


def xmp(*, title: str, subject: str, author: str, producer: str, at: datetime) -> str:
    """The metadata as XML; ``at`` is aware. The texts hold no control characters."""
    return _XMP.format(
        title=escape(title),
        subject=escape(subject),
        author=escape(author),
        producer=escape(producer),
        at=at.astimezone(UTC).isoformat(timespec="seconds"),
    )
