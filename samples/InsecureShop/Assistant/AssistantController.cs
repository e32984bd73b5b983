using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;

namespace InsecureShop.Assistant;

[ApiController]
[Route("assistant")]
public sealed class AssistantController(IChatClient chat, IConfiguration configuration) : ControllerBase
{
    private const string Instructions = "Write one SQLite query over Products(Id, Name, Category, Price) that answers the question. Only the query.";

    [HttpPost]
    public async Task<IActionResult> Ask([FromForm] string question)
    {
        ChatResponse answer = await chat.GetResponseAsync([new ChatMessage(ChatRole.System, Instructions), new ChatMessage(ChatRole.User, question)]);
        await using var connection = new SqliteConnection(configuration.GetConnectionString("Shop"));
        return Ok(await connection.QueryAsync(answer.Text)); // expect STC1001 STC1022
    }
}
