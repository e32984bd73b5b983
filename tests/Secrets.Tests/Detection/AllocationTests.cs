namespace SecurityToolchain.Secrets.Tests.Detection;

public sealed class AllocationTests
{
    [Fact]
    public void CleanText_CostsNoAllocation()
    {
        string[] clean = ["", "text/html; charset=utf-8", "The password of user {0} is wrong.", "SELECT Id, Name FROM Users WHERE Token = @token", "https://localhost:5001/connect/token", "Microsoft.AspNetCore.Authentication.Cookies", new string('x', 5000)];
        foreach (string text in clean)
            Assert.Empty(SecretScanner.Default.Scan(text, SecretContext.Value("title")));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            foreach (string text in clean)
                _ = SecretScanner.Default.Scan(text, SecretContext.Value("title"));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
