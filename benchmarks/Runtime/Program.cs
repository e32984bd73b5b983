using BenchmarkDotNet.Running;
using SecurityToolchain.Runtime.Benchmarks.Bars;

// "bars" measures what the product promises, beside what a user would take instead, in a minute; anything else is BenchmarkDotNet's.
if (args is ["bars"])
    return BarRun.Run();
BenchmarkSwitcher.FromAssembly(typeof(BarRun).Assembly).Run(args);
return 0;
