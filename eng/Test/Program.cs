using SecurityToolchain.Test;
using SecurityToolchain.Tooling;

TestOptions options = TestOptions.Parse(args);
if (options.Error is not null)
{
    await Console.Error.WriteLineAsync(options.Error).ConfigureAwait(false);
    return 2;
}

Repository repository = Repository.Find();
if (options.Build && !await new ReleaseBuild(repository).RunAsync().ConfigureAwait(false))
{
    Console.WriteLine("The build failed, so no test ran.");
    Console.WriteLine("0 passed, 1 failed, 0 skipped");
    return 1;
}

return await new TestRun(repository, options).RunAsync().ConfigureAwait(false);
