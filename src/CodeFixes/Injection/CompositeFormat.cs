using System;
using System.Globalization;
using System.Text;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Splits a composite format such as <c>a = {0} and b = {1:D}</c>; doubled braces become single ones.</summary>
internal static class CompositeFormat
{
    /// <summary>Calls back for texts and items in order; false when the format has an alignment, is broken, or an item is refused.</summary>
    public static bool TrySplit(string format, Action<string> text, Func<int, string?, bool> item)
    {
        var pending = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                pending.Append(c);
                i++;
                continue;
            }

            if (c == '}')
                return false;
            if (c != '{')
            {
                pending.Append(c);
                continue;
            }

            int end = format.IndexOf('}', i);
            if (end < 0)
                return false;
            string content = format.Substring(i + 1, end - i - 1);
            int colon = content.IndexOf(':');
            string number = colon < 0 ? content : content.Substring(0, colon);
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                return false;
            text(pending.ToString());
            pending.Clear();
            if (!item(index, colon < 0 ? null : content.Substring(colon + 1)))
                return false;
            i = end;
        }

        text(pending.ToString());
        return true;
    }
}
