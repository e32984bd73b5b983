using System.Xml;
using System.Xml.Linq;

namespace SecurityToolchain.Runtime.Input;

/// <summary>
/// Reads XML from outside: no document type definition, so no entities and nothing fetched; bounded in length and depth. Thread safe.
/// </summary>
public static class SafeXml
{
    private static readonly SafeXmlOptions s_defaults = new();

    /// <summary>Makes a reader of a stream. The caller keeps the stream.</summary>
    /// <param name="stream">The document, in any encoding that XML declares.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <returns>A reader that throws <see cref="XmlException"/> at a document type definition or beyond a limit.</returns>
    public static XmlReader CreateReader(Stream stream, SafeXmlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= s_defaults;
        return new DepthLimitedXmlReader(XmlReader.Create(stream, Settings(options)), options.MaxDepth);
    }

    /// <summary>Makes a reader of text. The caller keeps the text reader.</summary>
    /// <param name="text">The document.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <returns>A reader that throws <see cref="XmlException"/> at a document type definition or beyond a limit.</returns>
    public static XmlReader CreateReader(TextReader text, SafeXmlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= s_defaults;
        return new DepthLimitedXmlReader(XmlReader.Create(text, Settings(options)), options.MaxDepth);
    }

    /// <summary>Reads a whole document.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <exception cref="XmlException">The document is not well formed, has a document type definition, or is beyond a limit.</exception>
    public static XDocument Load(Stream stream, SafeXmlOptions? options = null)
    {
        using XmlReader reader = CreateReader(stream, options);
        return XDocument.Load(reader);
    }

    /// <summary>Reads a whole document.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <exception cref="XmlException">The document is not well formed, has a document type definition, or is beyond a limit.</exception>
    public static XDocument Parse(string xml, SafeXmlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        using var text = new StringReader(xml);
        using XmlReader reader = CreateReader(text, options);
        return XDocument.Load(reader);
    }

    /// <summary>Reads a whole document into the older document model.</summary>
    /// <param name="stream">The document.</param>
    /// <param name="options">Limits; the defaults if <see langword="null"/>.</param>
    /// <exception cref="XmlException">The document is not well formed, has a document type definition, or is beyond a limit.</exception>
    public static XmlDocument LoadXmlDocument(Stream stream, SafeXmlOptions? options = null)
    {
        using XmlReader reader = CreateReader(stream, options);
        var document = new XmlDocument { XmlResolver = null };
        document.Load(reader);
        return document;
    }

    private static XmlReaderSettings Settings(SafeXmlOptions options)
    {
        options.Validate();
        return new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = options.MaxCharacters,
            MaxCharactersFromEntities = 1024,
            CloseInput = false,
        };
    }
}
