using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;

namespace HardenedShop.Assistant;

[ApiController]
[Route("assistant")]
public sealed class AssistantController(IChatClient chat, IConfiguration configuration) : ControllerBase
{
    private const string Instructions = "Answer with one word: the category of product that the question is about.";

    [HttpPost]
    public async Task<IActionResult> Ask([FromForm] string question)
    {
        ChatResponse answer = await chat.GetResponseAsync([new ChatMessage(ChatRole.System, Instructions), new ChatMessage(ChatRole.User, question)]);
        await using var connection = new SqliteConnection(configuration.GetConnectionString("Shop"));
        return Ok(await connection.QueryAsync("SELECT Name, Price FROM Products WHERE Category = @category", new { category = answer.Text }));
    }
}
