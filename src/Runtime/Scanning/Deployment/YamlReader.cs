using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>
/// Builds trees from YAML with bounds on depth and nodes. The events of the parser are taken with an own stack, so nesting costs no call
/// stack, and aliases are not expanded, so a small text cannot become a large tree.
/// </summary>
internal static class YamlReader
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    /// <summary>Reads all documents.</summary>
    /// <returns>False when the text is no YAML or exceeds a bound; what was read before is in the list.</returns>
    public static bool TryRead(string text, List<YamlNode> documents)
    {
        var open = new Stack<(YamlNode Node, string? Key)>();
        int nodes = 0;
        var parser = new Parser(new StringReader(text));
        bool isYaml;
        while (TryMoveNext(parser, out isYaml))
        {
            YamlNode? node = null;
            ParsingEvent current = parser.Current!;
            int line = (int)Math.Min(current.Start.Line, int.MaxValue), column = (int)Math.Min(current.Start.Column, int.MaxValue);
            switch (current)
            {
                case Scalar scalar:
                    node = new YamlNode { Line = line, Column = column, Value = scalar.Value };
                    break;
                case AnchorAlias alias:
                    node = new YamlNode { Line = line, Column = column, Value = "*" + alias.Value.Value };
                    break;
                case MappingStart:
                    open.Push((new YamlNode { Line = line, Column = column, Pairs = [] }, null));
                    break;
                case SequenceStart:
                    open.Push((new YamlNode { Line = line, Column = column, Items = [] }, null));
                    break;
                case MappingEnd or SequenceEnd:
                    node = open.Pop().Node;
                    break;
            }

            if (++nodes > MaxNodes || open.Count > MaxDepth)
                return false;
            if (node is not null)
                Attach(open, node, documents);
        }

        return isYaml;
    }

    /// <summary>The parser's next event; malformed text ends the reading.</summary>
    private static bool TryMoveNext(Parser parser, out bool isYaml)
    {
        try
        {
            isYaml = true;
            return parser.MoveNext();
        }
        catch (Exception malformed) when (malformed is YamlException or InvalidOperationException or ArgumentException)
        {
            // The parser has a format error of its own, but some malformed texts make it trip over its own state instead.
            isYaml = false;
            return false;
        }
    }

    private static void Attach(Stack<(YamlNode Node, string? Key)> open, YamlNode node, List<YamlNode> documents)
    {
        if (!open.TryPop(out (YamlNode Node, string? Key) parent))
        {
            documents.Add(node);
            return;
        }

        if (parent.Node.Items is { } items)
        {
            items.Add(node);
        }
        else if (parent.Key is null)
        {
            // A collection as a key has no name that a rule could ask for.
            parent.Key = node.Value ?? "";
        }
        else
        {
            parent.Node.Pairs!.Add((parent.Key, node));
            parent.Key = null;
        }

        open.Push(parent);
    }
}
