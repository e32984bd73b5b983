using System.Xml;

namespace SecurityToolchain.Cli.Init;

/// <summary>
/// The text of an MSBuild file, changed by whole lines only: everything that somebody wrote stays as it is, with its comments, blanks and
/// line ends.
/// </summary>
internal sealed class ProjectText
{
    private const string SdkAttribute = "Sdk=\"SecurityToolchain.Sdk\"";

    /// <summary>What is left of a file that this tool created once its line is taken out.</summary>
    private const string EmptyProject = "<Project>\n</Project>\n";

    private readonly string _newLine;

    /// <summary>Takes a text.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="name">The name of the file, for messages.</param>
    /// <exception cref="InvalidDataException">The text is no MSBuild file.</exception>
    public ProjectText(string text, string name)
    {
        Text = text;
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "Project")
                throw new InvalidDataException($"{name} is not an MSBuild file: its root is '{reader.Name}', not 'Project'");
            while (reader.Read())
            {
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"{name} is not XML, line {exception.LineNumber}: {exception.Message}", exception);
        }
    }

    /// <summary>The text.</summary>
    public string Text { get; private set; }

    /// <summary>Whether nothing is left but an empty project as this tool creates it.</summary>
    public bool IsEmpty => Text.Replace("\r\n", "\n", StringComparison.Ordinal) == EmptyProject;

    /// <summary>The text of a new file with one line.</summary>
    public static string WithLine(string line) => $"<Project>\n  {line}\n</Project>\n";

    /// <summary>Takes every line of the gate out.</summary>
    public void RemoveLines()
    {
        string[] lines = Text.Split('\n');
        Text = string.Join('\n', lines.Where(static line => !IsGateLine(line)));
    }

    /// <summary>Puts a line in, as the first or the last element of the project.</summary>
    /// <param name="line">The element, on one line.</param>
    /// <param name="first">Whether it comes first.</param>
    public void Insert(string line, bool first)
    {
        (int start, int end, bool selfClosing) = FindRootTag();
        if (selfClosing)
        {
            string tag = Text[start..end].TrimEnd('>').TrimEnd('/').TrimEnd();
            Text = Text[..start] + tag + ">" + _newLine + "  " + line + _newLine + "</Project>" + Text[end..];
            return;
        }

        int position = first ? end : Text.LastIndexOf("</Project", StringComparison.Ordinal);
        Text = first
            ? Text[..position] + _newLine + "  " + line + Text[position..]
            : Text[..position].TrimEnd(' ', '\t') + (Text[..position].TrimEnd(' ', '\t').EndsWith('\n') ? "" : _newLine) + "  " + line + _newLine + Text[position..];
    }

    private static bool IsGateLine(string line) =>
        line.TrimStart().StartsWith("<Import ", StringComparison.Ordinal) && line.Contains(SdkAttribute, StringComparison.Ordinal)
        && line.TrimEnd().EndsWith("/>", StringComparison.Ordinal);

    // The root's start tag: behind the declaration and comments, up to the '>' that no quote hides.
    private (int Start, int End, bool SelfClosing) FindRootTag()
    {
        int position = 0;
        while (true)
        {
            position = Text.IndexOf('<', position);
            if (Text.AsSpan(position).StartsWith("<!--"))
                position = Text.IndexOf("-->", position, StringComparison.Ordinal) + 3;
            else if (Text.AsSpan(position).StartsWith("<?"))
                position = Text.IndexOf("?>", position, StringComparison.Ordinal) + 2;
            else
                break;
        }

        char quote = '\0';
        for (int i = position; ; i++)
        {
            char character = Text[i];
            if (quote != '\0')
                quote = character == quote ? '\0' : quote;
            else if (character is '"' or '\'')
                quote = character;
            else if (character == '>')
                return (position, i + 1, Text[i - 1] == '/');
        }
    }
}
