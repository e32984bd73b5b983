using System.Reflection;
using System.Reflection.Emit;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>How many values each instruction takes and gives, and whether what it gives is a number, from the framework's own table.</summary>
internal static class IlStackEffects
{
    private static readonly (byte Pops, byte Pushes, bool Number)[] OneByte = Table(0), TwoBytes = Table(0xFE);

    public static (byte Pops, byte Pushes, bool Number) Of(ushort opcode) => opcode >= 0xFE00 ? TwoBytes[opcode & 0xFF] : OneByte[opcode & 0xFF];

    private static (byte Pops, byte Pushes, bool Number)[] Table(int prefix)
    {
        var table = new (byte, byte, bool)[256];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var opcode = (OpCode)field.GetValue(null)!;
            int value = opcode.Value & 0xFFFF;
            if (value >> 8 == prefix)
                table[value & 0xFF] = (Pops(opcode.StackBehaviourPop), Pushes(opcode.StackBehaviourPush), opcode.StackBehaviourPush is StackBehaviour.Pushi or StackBehaviour.Pushi8 or StackBehaviour.Pushr4 or StackBehaviour.Pushr8);
        }

        return table;
    }

    private static byte Pops(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    private static byte Pushes(StackBehaviour behaviour) => behaviour switch
    {
        StackBehaviour.Push0 or StackBehaviour.Varpush => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
