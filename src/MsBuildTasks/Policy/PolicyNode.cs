using System.Text;
using System.Text.Json;

namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>A value of the policy file that knows its line.</summary>
internal sealed class PolicyNode
{
    private const int MaxDepth = 16;

    private PolicyNode(JsonValueKind kind, int line)
    {
        Kind = kind;
        Line = line;
    }

    public JsonValueKind Kind { get; }

    /// <summary>The 1-based line.</summary>
    public int Line { get; }

    /// <summary>The text of a string or number.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The members of an object, in order.</summary>
    public List<(string Name, int Line, PolicyNode Value)> Members { get; } = [];

    /// <summary>The items of an array.</summary>
    public List<PolicyNode> Items { get; } = [];

    /// <summary>Parses a file; comments and trailing commas are allowed.</summary>
    /// <exception cref="PolicyException">The text is not JSON.</exception>
    public static PolicyNode Parse(byte[] content)
    {
        ReadOnlySpan<byte> text = content.AsSpan(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        var reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        });
        try
        {
            reader.Read();
            PolicyNode root = Read(ref reader, text);
            if (reader.Read())
                throw new PolicyException(LineOf(text, reader.TokenStartIndex), "there is text behind the end of the policy");
            return root;
        }
        catch (JsonException exception)
        {
            string message = exception.Message;
            int detail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new PolicyException((int)(exception.LineNumber ?? 0) + 1, "not JSON: " + (detail < 0 ? message : message[..detail]));
        }
    }

    private static PolicyNode Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        int line = LineOf(text, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var node = new PolicyNode(JsonValueKind.Object, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    int nameLine = LineOf(text, reader.TokenStartIndex);
                    if (node.Members.Any(member => member.Name == name))
                        throw new PolicyException(nameLine, $"'{name}' stands twice in one object");
                    reader.Read();
                    node.Members.Add((name, nameLine, Read(ref reader, text)));
                }

                return node;
            case JsonTokenType.StartArray:
                var array = new PolicyNode(JsonValueKind.Array, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    array.Items.Add(Read(ref reader, text));
                return array;
            case JsonTokenType.String:
                return new PolicyNode(JsonValueKind.String, line) { Text = reader.GetString()! };
            case JsonTokenType.True:
                return new PolicyNode(JsonValueKind.True, line);
            case JsonTokenType.False:
                return new PolicyNode(JsonValueKind.False, line);
            case JsonTokenType.Null:
                return new PolicyNode(JsonValueKind.Null, line);
            default:
                return new PolicyNode(JsonValueKind.Number, line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
        }
    }

    private static int LineOf(ReadOnlySpan<byte> text, long index) => 1 + text[..(int)index].Count((byte)'\n');
}
