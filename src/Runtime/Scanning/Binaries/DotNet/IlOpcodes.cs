using System.Reflection;
using System.Reflection.Emit;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>The length of the operand of each IL instruction, taken from the framework's own table.</summary>
internal static class IlOpcodes
{
    public const byte Variable = 254, Invalid = 255;

    /// <summary>In <see cref="Steps"/>: the instruction has to be decoded.</summary>
    public const byte Special = 0x80;

    /// <summary>Operand bytes of one-byte opcodes.</summary>
    public static byte[] OneByte { get; } = Table(0);

    /// <summary>Operand bytes of opcodes after 0xFE.</summary>
    public static byte[] TwoBytes { get; } = Table(0xFE);

    /// <summary>For each first byte, the length of the instruction, for readers that only want some of them.</summary>
    public static byte[] Steps { get; } = MakeSteps();

    private static byte[] MakeSteps()
    {
        byte[] steps = new byte[256];
        for (int i = 0; i < steps.Length; i++)
        {
            // Stored fields, calls, objects and strings have tokens that somebody may ask for; 0xFE announces a second byte.
            bool special = OneByte[i] is Variable or Invalid || i is 0xFE or 0x28 or 0x6F or 0x73 or 0x72 or 0x7D or 0x80;
            steps[i] = special ? Special : (byte)(1 + OneByte[i]);
        }

        return steps;
    }

    private static byte[] Table(int prefix)
    {
        byte[] table = new byte[256];
        Array.Fill(table, Invalid);
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var opcode = (OpCode)field.GetValue(null)!;
            int value = opcode.Value & 0xFFFF;
            if (value >> 8 != prefix)
                continue;
            table[value & 0xFF] = opcode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => Variable,
                _ => 4,
            };
        }

        return table;
    }
}
